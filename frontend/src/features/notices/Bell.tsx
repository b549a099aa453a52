import { Popover, UnstyledButton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { noticesQuery } from './api/notices';
import classes from './Bell.module.css';
import { NoticeList } from './components/NoticeList';

const POLL_EVERY = 30_000;
const MOST = 99;

/** How much I have not seen yet, on every page; opened, what it is. */
export function Bell() {
  const { t } = useTranslation('notices');
  const [opened, setOpened] = useState(false);
  // Quiet while the tab is hidden; asked again when it is looked at.
  const notices = useInfiniteQuery({ ...noticesQuery, refetchInterval: POLL_EVERY });
  const unseen = notices.data?.pages[0]?.unseen ?? 0;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={380}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.bell}
          aria-label={t('bell', { count: unseen })}
          title={t('bell', { count: unseen })}
          onClick={() => setOpened((was) => !was)}
        >
          <Icon name="bell" />
          {unseen > 0 && (
            <span className={classes.count} aria-hidden>
              {unseen > MOST ? t('many') : unseen}
            </span>
          )}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={t('title')}>
        <NoticeList notices={notices} onLeave={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
