import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A password that is being chosen, with what the server asks of it. */
export function NewPasswordInput(props: { value: string; onChange: (password: string) => void }) {
  const { t } = useTranslation('people');
  return (
    <PasswordInput
      label={t('login.newPassword')}
      description={t('login.newPasswordHint')}
      autoComplete="new-password"
      minLength={8}
      required
      withAsterisk={false}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
