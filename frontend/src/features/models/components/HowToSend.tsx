import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { type Dataset, may } from '@/lib/datasets';
import classes from './Models.module.css';

const SAID = {
  image_manual: `"spans": [{"type": "rect", "x": 10, "y": 20, "width": 80, "height": 60,
             "label": "LABEL", "score": 0.9}]`,
  image: `"spans": [{"type": "rect", "x": 10, "y": 20, "width": 80, "height": 60,
             "label": "LABEL", "score": 0.9}]`,
  choice: '"accept": ["OPTION"], "score": 0.9',
  image_choice: '"accept": ["OPTION"], "score": 0.9',
  classification: '"label": "LABEL", "score": 0.9',
} as const satisfies Record<Dataset['interface'], string>;

/** No model has said anything yet; this is how one does. */
export function HowToSend({ dataset, soon }: { dataset: Dataset; soon: boolean }) {
  const { t } = useTranslation('models');
  return (
    <EmptyState icon="box" title={t(soon ? 'empty.soon' : 'empty.title')} text={t('empty.text')}>
      {may(dataset, 'import') && (
        <pre className={classes.code} tabIndex={0} aria-label={t('empty.example')}>
          {exampleFor(dataset)}
        </pre>
      )}
    </EmptyState>
  );
}

function exampleFor(dataset: Dataset): string {
  const target = dataset.interface === 'image_choice' ? '"task": "ID"' : '"url": "https://..."';
  return `curl ${window.location.origin}/api/datasets/${dataset.slug}/predictions/ \\
  -H "Authorization: Bearer $CONCORD_TOKEN" -H "Content-Type: application/json" \\
  -d '{"model": "detector", "version": "1", "predictions": [
    {${target}, ${SAID[dataset.interface]}}]}'`;
}
