import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { fieldError } from '@/lib/errorText';
import { meQuery } from '@/lib/me';
import { cloneDataset } from '../api/cloning';

const LONGEST_NAME = 150;

interface Props {
  dataset: { slug: string; name: string };
  onClose: () => void;
}

/** What a clone is called and what comes along; then it leads there. */
export function CloneDialog({ dataset, onClose }: Props) {
  const { t } = useTranslation('datasets');
  const first = t('clone.copyOf', { name: dataset.name }).slice(0, LONGEST_NAME);
  const [name, setName] = useState(first);
  const [members, setMembers] = useState(false);
  const [images, setImages] = useState(false);
  const clone = useClone(dataset.slug, onClose);
  return (
    <Modal opened onClose={onClose} title={t('clone.title', { name: dataset.name })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          clone.mutate({ name: name.trim(), members, images });
        }}
      >
        <Stack>
          <Text size="sm">{t('clone.intro')}</Text>
          <TextInput
            label={t('create.name')}
            data-autofocus
            maxLength={LONGEST_NAME}
            error={fieldError(clone.error, 'name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Checkbox
            label={t('clone.members')}
            description={t('clone.membersHint')}
            checked={members}
            onChange={(event) => setMembers(event.currentTarget.checked)}
          />
          <Checkbox
            label={t('clone.images')}
            description={t('clone.imagesHint')}
            checked={images}
            onChange={(event) => setImages(event.currentTarget.checked)}
          />
          {clone.error && <ErrorNotice error={clone.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('clone.leave')}
            </Button>
            <Button type="submit" loading={clone.isPending} disabled={name.trim() === ''}>
              {t('clone.act')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function useClone(slug: string, onDone: () => void) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: Parameters<typeof cloneDataset>[1]) => cloneDataset(slug, body),
    onSuccess: async (made) => {
      onDone();
      await client.invalidateQueries({ queryKey: ['home'] });
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
      await navigate({ to: '/datasets/$slug', params: { slug: made.slug } });
    },
  });
}
