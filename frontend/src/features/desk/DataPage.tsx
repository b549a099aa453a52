import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDataset } from '@/lib/datasets';
import type { Dataset } from '@/lib/datasets';
import { Toolbar } from './browse/Toolbar';
import { TaskBrowser } from './browse/TaskBrowser';
import { useBrowse, useParts } from './browse/useBrowse';
import classes from './DataPage.module.css';

/** All tasks of a dataset; the address holds the filter, the order and how they are shown, so that
 * it can be shared. */
export function DataPage() {
  const { t } = useTranslation('browse');
  const dataset = useDataset();
  return (
    <div className={classes.page}>
      <h2 className="unseen">{t('title')}</h2>
      <Browser dataset={dataset} />
    </div>
  );
}

function Browser({ dataset }: { dataset: Dataset }) {
  const browse = useBrowse(dataset.slug);
  const parts = useParts(dataset.slug, browse.wanted.filter);
  const [adding, setAdding] = useState(false);
  const [says, setSays] = useState(false);
  return (
    <>
      <Toolbar
        {...{ dataset, browse, parts, adding, says }}
        onAdding={setAdding}
        onSays={setSays}
      />
      <TaskBrowser
        key={JSON.stringify(browse.wanted)}
        {...{ dataset, browse, parts, says }}
        onAdd={() => setAdding(true)}
      />
    </>
  );
}
