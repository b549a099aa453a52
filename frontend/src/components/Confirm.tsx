import { Button, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Asks once more before something goes for good. */
export function Confirm(props: {
  opened: boolean;
  title: string;
  text: string;
  go: string;
  running: boolean;
  onGo: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} centered>
      <p>{props.text}</p>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={props.onClose}>
          {t('action.cancel')}
        </Button>
        <Button color="red.9" loading={props.running} onClick={props.onGo}>
          {props.go}
        </Button>
      </Group>
    </Modal>
  );
}
