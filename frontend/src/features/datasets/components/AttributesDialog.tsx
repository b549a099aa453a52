import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NEW, attributeOf, draftOf, faultsOf } from '../attributes';
import type { Attribute, AttributeDraft } from '../attributes';
import { AttributeFields } from './AttributeFields';
import classes from './AttributesDialog.module.css';

/** As many as the server takes. */
const MOST = 50;

interface Props {
  /** The label's. */
  name: string;
  attributes: readonly Attribute[];
  /** So many shapes have the label already. */
  given?: number;
  /** Where it rejects, the dialog stays open with what was written. */
  onSave: (attributes: Attribute[]) => Promise<unknown> | undefined;
}

/** A button that says how much a label asks of its shapes, and the dialog behind it. */
export function AttributesDialog(props: Props) {
  const { t } = useTranslation('datasets');
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const { name, attributes } = props;
  return (
    <>
      <Button
        className={classes.open}
        size="xs"
        variant="default"
        aria-label={t('attributes.of', { name, count: attributes.length })}
        onClick={() => setOpen(true)}
      >
        {t('attributes.button', { count: attributes.length })}
      </Button>
      <Modal opened={open} onClose={close} size="lg" title={t('attributes.title', { name })}>
        <AttributesForm {...props} onClose={close} />
      </Modal>
    </>
  );
}

function AttributesForm({
  attributes,
  given = 0,
  onSave,
  onClose,
}: Props & { onClose: () => void }) {
  const { t } = useTranslation('datasets');
  const [before] = useState<AttributeDraft[]>(() => attributes.map(draftOf));
  const [drafts, setDrafts] = useState(before);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const faults = drafts.map((draft, at) => faultsOf(draft, drafts.slice(0, at)));
  const save = async () => {
    setTried(true);
    if (faults.some((fault) => Object.keys(fault).length > 0)) return;
    setSaving(true);
    try {
      await onSave(drafts.map(attributeOf));
      onClose();
    } catch {
      // Whoever saves has told why; what was written stays here.
      setSaving(false);
    }
  };
  return (
    <>
      <p className={classes.hint}>{t('attributes.hint')}</p>
      <ol className={classes.attributes}>
        {drafts.map((draft, at) => (
          <li key={at} aria-label={t('attributes.heading', { n: at + 1 })}>
            <AttributeFields
              draft={draft}
              faults={tried ? (faults[at] ?? {}) : {}}
              onChange={(part) =>
                setDrafts(drafts.map((old, n) => (n === at ? { ...old, ...part } : old)))
              }
              onRemove={() => setDrafts(drafts.filter((_, n) => n !== at))}
            />
          </li>
        ))}
      </ol>
      {given > 0 && drafts !== before && (
        <p className={classes.hint} role="status">
          {t('attributes.given', { count: given })}
        </p>
      )}
      <div className={classes.buttons}>
        {drafts.length < MOST && (
          <Button variant="default" onClick={() => setDrafts([...drafts, NEW])}>
            {t('attributes.add')}
          </Button>
        )}
        <Button loading={saving} onClick={() => void save()}>
          {t('attributes.save')}
        </Button>
      </div>
    </>
  );
}
