import { Checkbox, Radio, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Section } from '@/components/Page';
import tables from '@/components/Table.module.css';
import { notifyError } from '@/lib/notify';
import { type Kind, type Wishes, saveWishes, wishesQuery } from '../api/notificationWishes';

/** What I want to hear of, where, and how often; every tick is saved at once. */
export function NotificationWishes() {
  const { t } = useTranslation('notices');
  const wishes = useQuery(wishesQuery);
  const save = useSave();
  const place = useFollowedLink();
  return (
    <div ref={place} id="notifications" tabIndex={-1}>
      <Section title={t('title')} hint={t('wishes.hint')}>
        {wishes.isPending && <Loading height={320} count={1} />}
        {wishes.isError && (
          <ErrorNotice error={wishes.error} onRetry={() => void wishes.refetch()} />
        )}
        {wishes.data && (
          <Stack>
            <Kinds wishes={wishes.data} onChange={save} />
            <HowOften wishes={wishes.data} onChange={save} />
          </Stack>
        )}
      </Section>
    </div>
  );
}

type Change = (wishes: Wishes) => void;

function Kinds({ wishes, onChange }: { wishes: Wishes; onChange: Change }) {
  const { t } = useTranslation('notices');
  return (
    <div className={tables.scroll}>
      <table className={tables.table}>
        <thead>
          <tr>
            <th scope="col">{t('wishes.what')}</th>
            <th scope="col">{t('wishes.page')}</th>
            <th scope="col">{t('wishes.mail')}</th>
          </tr>
        </thead>
        <tbody>
          {wishes.kinds.map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(`wishes.kind.${kind}`)}</th>
              {(['page', 'mail'] as const).map((where) => (
                <td key={where}>
                  {/* That mail fails is not told by mail. */}
                  {(where === 'page' || kind !== 'mail_failed') && (
                    <Checkbox
                      aria-label={`${t(`wishes.kind.${kind}`)}: ${t(`wishes.${where}`)}`}
                      checked={wishes[where].includes(kind)}
                      onChange={() => onChange({ ...wishes, [where]: turned(wishes[where], kind) })}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HowOften({ wishes, onChange }: { wishes: Wishes; onChange: Change }) {
  const { t } = useTranslation('notices');
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  const zone = wishes.daily ? wishes.time_zone : here;
  return (
    <Radio.Group
      label={t('wishes.often')}
      value={wishes.daily ? 'daily' : 'once'}
      onChange={(value) => onChange({ ...wishes, daily: value === 'daily', time_zone: here })}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="once" label={t('wishes.atOnce')} description={t('wishes.atOnceHint')} />
        <Radio
          value="daily"
          label={t('wishes.daily')}
          description={t('wishes.dailyHint', { zone })}
        />
      </Stack>
    </Radio.Group>
  );
}

function turned(kinds: readonly Kind[], kind: Kind): Kind[] {
  return kinds.includes(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind];
}

/** Shows a tick before the server has it, and takes it back where that refuses. */
function useSave(): Change {
  const client = useQueryClient();
  const { queryKey } = wishesQuery;
  const saving = useMutation({
    mutationFn: saveWishes,
    scope: { id: 'notification-wishes' },
    onMutate: (wishes) => client.setQueryData(queryKey, wishes),
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  return saving.mutate;
}

/** Whoever came by the link in a mail, or in the bell, finds this part first. */
function useFollowedLink() {
  const place = useRef<HTMLDivElement>(null);
  const hash = useLocation({ select: (location) => location.hash });
  useEffect(() => {
    if (hash === 'notifications') place.current?.scrollIntoView();
  }, [hash]);
  return place;
}
