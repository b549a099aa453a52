import { Modal } from '@mantine/core';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { LazyPart } from '@/components/LazyPart';
import { StateBadge } from '@/components/StateBadge';
import type { Label } from '@/lib/datasets';
import type { TaskRow } from '../api/tasks';
import { GoldAction } from './GoldAction';
import { Picture } from './Picture';
import { Replaced } from './Replaced';
import { SecondLook } from './SecondLook';
import { UnlockAction } from './UnlockAction';
import classes from './TaskPreview.module.css';

const GroupPreview = lazy(() => import('./GroupPreview'));
const ImageActs = lazy(() => import('@/components/image/ImageActs'));

/** One image at large, with what is agreed about it so far. */
export function TaskPreview(props: {
  task: TaskRow | null;
  labels: readonly Label[];
  /** Whether the person may make gold of a final answer. */
  vouches: boolean;
  /** Whether the person may replace the image or take it down. */
  manages: boolean;
  onClose: () => void;
}) {
  const { task } = props;
  return (
    <Modal
      opened={task !== null}
      onClose={props.onClose}
      title={task?.image?.name}
      size="min(1000px, 94vw)"
      centered
    >
      {task && <Body {...props} task={task} />}
    </Modal>
  );
}

function Body(props: {
  task: TaskRow;
  labels: readonly Label[];
  vouches: boolean;
  manages: boolean;
  onClose: () => void;
}) {
  const { task, labels } = props;
  const { t } = useTranslation('desk');
  return (
    <>
      {task.image?.tile ? (
        <LazyPart>
          <GroupPreview task={task.id} manages={props.manages} onGone={props.onClose} />
        </LazyPart>
      ) : (
        <div className={classes.frame}>
          <Picture task={task} large labels={labels} />
        </div>
      )}
      <dl className={classes.facts}>
        <dt>{t('data.state')}</dt>
        <dd>
          <StateBadge state={task.state} />
        </dd>
        <dt>{t('data.answers')}</dt>
        <dd>{task.answers}</dd>
        {task.labels.length > 0 && (
          <>
            <dt>{t('data.labels')}</dt>
            <dd>{task.labels.join(', ')}</dd>
          </>
        )}
        {task.conflict_kinds.length > 0 && (
          <>
            <dt>{t('data.conflicts')}</dt>
            <dd>{task.conflict_kinds.join(', ')}</dd>
          </>
        )}
        {task.image?.source_url && (
          <>
            <dt>{t('data.source')}</dt>
            <dd className={classes.source}>{task.image.source_url}</dd>
          </>
        )}
        {task.image && !task.image.tile && (
          <>
            <dt>{t('data.size')}</dt>
            <dd>
              {task.image.width} × {task.image.height}
            </dd>
          </>
        )}
        {props.manages && <Replaced task={task.id} />}
      </dl>
      {props.vouches && task.state === 'final' && <SecondLook task={task.id} />}
      {props.vouches && task.state === 'final' && <GoldAction task={task.id} />}
      {props.manages && task.locked && <UnlockAction task={task.id} onDone={props.onClose} />}
      {props.manages && task.image && !task.image.tile && (
        <LazyPart>
          <ImageActs image={task.image} onGone={props.onClose} />
        </LazyPart>
      )}
    </>
  );
}
