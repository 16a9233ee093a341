// The script of signed-in pages. Every page works without it; each part looks for its own elements and does
// nothing where there are none.
import { enhanceAhead } from './ahead';
import { enhanceCopying } from './copy';
import { enhanceDrops } from './drop';
import { enhanceDialogs, listenToKeys } from './keys';
import { enhanceLive, listenToFeed } from './live';
import { closeMenusOutside } from './menu';
import { enhanceOnSite } from './on_site';
import { forgetAtSignOut, forgetOthers } from './on_site_shell';
import { enhanceReview } from './review';
import { guardForms } from './unsaved';

closeMenusOutside();
listenToKeys();
enhanceDialogs();
enhanceReview();
guardForms();
enhanceLive();
listenToFeed();
enhanceCopying();
void forgetOthers();
forgetAtSignOut();
enhanceOnSite();
enhanceAhead();
enhanceDrops(() => {
  enhanceAhead();
  enhanceDialogs();
  enhanceReview();
  guardForms();
  enhanceLive();
});
