import { Button, Group } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { LazyPart } from '@/components/LazyPart';
import { Page } from '@/components/Page';
import { type Brought, leaveFor } from '@/lib/brought';
import type { NewDataset } from './api/createDataset';
import { asked, EMPTY, missingIn, type Step, STEPS, stepOf } from './start/draft';
import { useDraft } from './start/keptDraft';
import { MadePage } from './start/MadePage';
import { PeopleStep } from './start/PeopleStep';
import { QuestionStep } from './start/QuestionStep';
import classes from './start/start.module.css';
import { StepList } from './start/StepList';
import { useInviting } from './start/useInviting';
import { type Made, useMaking } from './start/useMaking';

/** From so many px on there is room for form and preview beside one another. */
const BESIDE = '(min-width: 1100px)';

interface Props {
  /** The page of those who answer, as the dataset would be. */
  preview: (dataset: NewDataset) => ReactNode;
  /** Where images are named before there is anything to bring them to. */
  images: (props: {
    addresses: string;
    onAddresses: (text: string) => void;
    files: Brought | null;
    onFiles: (files: Brought | null) => void;
  }) => ReactNode;
}

/** A dataset in three steps; all but the first may be left for later. */
export function CreateDatasetPage({ preview, images }: Props) {
  const { t } = useTranslation('datasets');
  const { draft, change, forget, startOver } = useDraft();
  const [files, setFiles] = useState<Brought | null>(null);
  const [wanted, setWanted] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const inviting = useInviting(draft, change);
  const goOn = useGoOn();
  const making = useMaking((next) => {
    forget();
    const { addresses } = draft;
    const brought = files ?? (addresses.trim() ? { kind: 'text', text: addresses } : null);
    if (brought) leaveFor(next.slug, brought as Brought);
    if (next.outcomes.some(({ member }) => member?.pending !== false)) setMade(next);
    else goOn(next);
  });
  const form = useRef<HTMLFormElement>(null);
  const { step, dataset, people } = draft;
  const missing = missingIn(dataset);

  function make() {
    setWanted(true);
    const all = inviting.add();
    if (missing.length > 0) change({ step: 'question' });
    else if (all === null) change({ step: 'people' });
    else making.mutate({ dataset, people: all }, { onError: goToFault });
  }

  function goToFault(error: unknown) {
    const at = stepOf(error);
    if (at) change({ step: at });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const next = STEPS[STEPS.indexOf(step) + 1];
    if (next === undefined) return make();
    setWanted(true);
    if (step === 'people' && inviting.add() === null) return;
    if (step !== 'question' || missing.length === 0) change({ step: next });
  }

  // What is wrong, once it was told, is where the next key goes.
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [making.error, wanted]);
  useEffect(() => {
    if (inviting.fault) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [inviting.fault]);

  if (made) return <MadePage made={made} onGo={() => goOn(made)} />;
  return (
    <Page title={t('create.title')} intro={t('create.intro')}>
      <div className={classes.beside}>
        <form ref={form} onSubmit={submit} noValidate>
          <StepList step={step} onStep={(to) => change({ step: to })} />
          {step === 'question' && (
            <QuestionStep
              dataset={dataset}
              missing={wanted ? missing : []}
              error={making.error}
              onChange={(next) => change({ dataset: next })}
            />
          )}
          {step === 'people' && (
            <PeopleStep
              dataset={dataset}
              people={people}
              inviting={inviting}
              error={making.error}
              onDataset={(next) => change({ dataset: next })}
              onPeople={(next) => change({ people: next })}
            />
          )}
          {step === 'images' &&
            images({
              addresses: draft.addresses,
              onAddresses: (addresses) => change({ addresses }),
              files,
              onFiles: setFiles,
            })}
          {making.error && <ErrorNotice error={making.error} />}
          <Ways
            step={step}
            making={making.isPending}
            onBack={(to) => change({ step: to })}
            onMake={make}
            onStartOver={
              draft === EMPTY && !files
                ? undefined
                : () => {
                    startOver();
                    setFiles(null);
                    setWanted(false);
                    making.reset();
                  }
            }
          />
        </form>
        <Preview>{preview(asked(dataset))}</Preview>
      </div>
    </Page>
  );
}

/** Back, on, and out of it; only the last one of them is what the page is about. */
function Ways(props: {
  step: Step;
  making: boolean;
  onBack: (to: Step) => void;
  onMake: () => void;
  /** Where there is anything to drop. */
  onStartOver: (() => void) | undefined;
}) {
  const { t } = useTranslation('datasets');
  const at = STEPS.indexOf(props.step);
  const before = STEPS[at - 1];
  const last = at === STEPS.length - 1;
  return (
    <Group mt="xl" gap="xs">
      {props.onStartOver && (
        <Button variant="subtle" color="gray" onClick={props.onStartOver}>
          {t('start.over')}
        </Button>
      )}
      <Group ml="auto" gap="xs">
        {before && (
          <Button variant="default" onClick={() => props.onBack(before)}>
            {t('start.back')}
          </Button>
        )}
        {!last && (
          <Button variant="default" loading={props.making} onClick={props.onMake}>
            {t('create.submit')}
          </Button>
        )}
        <Button type="submit" loading={last && props.making}>
          {t(last ? 'create.submit' : 'start.next')}
        </Button>
      </Group>
    </Group>
  );
}

/** Beside the form where there is room; elsewhere it opens below. */
function Preview({ children }: { children: ReactNode }) {
  const { t } = useTranslation('datasets');
  const beside = useMediaQuery(BESIDE);
  const [open, setOpen] = useState(false);
  return (
    <aside className={classes.preview} aria-label={t('start.preview')}>
      {beside ? (
        <h2>{t('start.preview')}</h2>
      ) : (
        <Button fullWidth variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'start.hidePreview' : 'start.showPreview')}
        </Button>
      )}
      {(beside || open) && <LazyPart>{children}</LazyPart>}
    </aside>
  );
}

/** The new dataset's first need is images, so that is where it leads. */
function useGoOn() {
  const navigate = useNavigate();
  return ({ slug }: Made) => {
    void navigate({ to: '/datasets/$slug/import', params: { slug } });
  };
}
