import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { usePalette } from '../palette/usePalette';
import classes from './Shell.module.css';

export function PaletteButton() {
  const { t } = useTranslation();
  const show = usePalette((palette) => palette.show);
  return (
    <UnstyledButton className={classes.search} onClick={show}>
      <Icon name="search" size={16} />
      <span>{t('palette.open')}</span>
      <kbd>Ctrl K</kbd>
    </UnstyledButton>
  );
}
