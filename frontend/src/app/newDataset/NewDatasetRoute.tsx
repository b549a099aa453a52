import { lazy } from 'react';
import { CreateDatasetPage } from '@/features/datasets/CreateDatasetPage';
import { NameImages } from '@/features/importing/components/NameImages';

// The page of those who answer weighs more than the form beside it.
const AnnotatorPreview = lazy(() => import('./AnnotatorPreview'));

export function NewDatasetRoute() {
  return (
    <CreateDatasetPage
      preview={(dataset) => <AnnotatorPreview asked={dataset} />}
      images={(props) => <NameImages {...props} />}
    />
  );
}
