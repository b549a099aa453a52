import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Themed } from './Themed';
import classes from './PublicFrame.module.css';

export function PublicFrame() {
  const { t } = useTranslation();
  return (
    <Themed>
      <main className={classes.frame}>
        <div className={classes.brand}>
          <img src="/assets/icon.svg" alt="" width={28} height={28} />
          {t('product')}
        </div>
        <Outlet />
      </main>
    </Themed>
  );
}
