import Brightness from '@mui/icons-material/Brightness4Outlined';
import LightMode from '@mui/icons-material/LightModeOutlined';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useTheme } from 'react-admin';
import { useLanguage, useText } from '../i18n';

export function LanguageSwitch() {
  const text = useText();
  const [language, choose] = useLanguage();
  const mark = language === 'zh' ? 'EN' : '中';
  return (
    <Tooltip title={text('frame.language')}>
      <IconButton
        aria-label={`${mark} · ${text('frame.language')}`}
        onClick={() => {
          choose(language === 'zh' ? 'en' : 'zh');
        }}
        sx={{ width: 40, height: 40, fontSize: '0.95rem', fontWeight: 600, color: 'text.primary' }}
      >
        <span lang={language === 'zh' ? 'en' : 'zh-CN'}>{mark}</span>
      </IconButton>
    </Tooltip>
  );
}

export function ThemeSwitch() {
  const text = useText();
  const [theme, setTheme] = useTheme();
  const next = theme === 'dark' ? 'light' : 'dark';
  return (
    <Tooltip title={text(`frame.theme.${next}`)}>
      <IconButton
        aria-label={text(`frame.theme.${next}`)}
        onClick={() => {
          setTheme(next);
        }}
      >
        {next === 'dark' ? <Brightness fontSize="small" /> : <LightMode fontSize="small" />}
      </IconButton>
    </Tooltip>
  );
}
