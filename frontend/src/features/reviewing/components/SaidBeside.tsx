import { useTranslation } from 'react-i18next';
import frame from '@/components/bench/frame.module.css';
import type { Dataset } from '@/lib/datasets';
import type { ReviewTask } from '../api/reviews';
import { saidSoFar } from '../work/picks';
import type { Decided } from '../work/proposal';
import classes from './SaidBeside.module.css';

type Block = Dataset['blocks'][number];

/** What the answers, and the reviewer so far, come to on each question beside the image. */
export function SaidBeside(props: {
  task: ReviewTask;
  blocks: readonly Block[];
  decided: Decided;
}) {
  const { task, blocks, decided } = props;
  const { t } = useTranslation('reviewing');
  return (
    <section>
      <h2 className={frame.heading}>{t('said')}</h2>
      <dl className={classes.said}>
        {blocks.map((block) => {
          const said = saidSoFar(task, decided, block.id);
          const words = said?.map((id) => textOf(block, id)).join(', ');
          return (
            <div key={block.id}>
              <dt>{block.title}</dt>
              <dd>{said === null ? t('tied') : words || t('open')}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function textOf(block: Block, id: number | string): string {
  return (block.options ?? []).find((option) => option.id === id)?.text ?? String(id);
}
