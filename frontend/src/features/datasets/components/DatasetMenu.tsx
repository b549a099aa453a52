import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { useMe } from '@/lib/me';

/** What else can be done with a dataset; nothing for who may do none of it. */
export function DatasetMenu({ dataset }: { dataset: { id: string; slug: string; name: string } }) {
  const { t } = useTranslation('datasets');
  const navigate = useNavigate();
  const { may_create_datasets, capabilities } = useMe();
  if (!may_create_datasets || !capabilities[dataset.id]?.includes('manage')) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('clone.more', { name: dataset.name })}
        >
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() =>
            void navigate({
              to: '/datasets/$slug',
              params: { slug: dataset.slug },
              search: { clone: true },
            })
          }
        >
          {t('clone.item')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
