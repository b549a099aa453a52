import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SidePanel } from '@/components/bench/SidePanel';
import { mineKey } from '../../api/history';
import type { WorkState } from '../../work/state';
import type { Work } from '../../work/store';
import { AnswerFinder } from './AnswerFinder';
import { OwnProgress } from './OwnProgress';

interface Props {
  slug: string;
  work: Work;
  state: WorkState;
  onClose: () => void;
}

/** On a phone the panel lies over the work. */
const OVER_THE_WORK = '(max-width: 720px)';

/** How I get on here, and every answer that I gave, to open it again. */
export default function HistoryPanel({ slug, work, state, onClose }: Props) {
  const { t } = useTranslation('labelling');
  useNews(slug, state);
  return (
    <SidePanel title={t('history.title')} onClose={onClose}>
      <OwnProgress slug={slug} />
      <AnswerFinder
        slug={slug}
        shown={state.tasks[0]?.id}
        onOpen={async (task) => {
          await work.reopen(task);
          if (matchMedia(OVER_THE_WORK).matches) onClose();
        }}
      />
    </SidePanel>
  );
}

/** Asks again whenever an answer has arrived. */
function useNews(slug: string, { answers }: WorkState) {
  const client = useQueryClient();
  const before = useRef(answers.length);
  useEffect(() => {
    if (answers.length < before.current) {
      void client.invalidateQueries({ queryKey: mineKey(slug) });
    }
    before.current = answers.length;
  }, [answers.length, client, slug]);
}
