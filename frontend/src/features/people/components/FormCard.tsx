import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FormCard.module.css';

/** The one form of a page for those who are not logged in; `back` offers the way to the log-in. */
export function FormCard(props: { title: string; back?: boolean; children: ReactNode }) {
  const { t } = useTranslation('people');
  return (
    <section className={classes.card}>
      <h1>{props.title}</h1>
      {props.children}
      {props.back && (
        <Link to="/login" className={classes.way}>
          {t('login.back')}
        </Link>
      )}
    </section>
  );
}
