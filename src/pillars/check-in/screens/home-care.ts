import { defineAsyncComponent } from 'vue';
import { addTexts } from '../../../client/i18n/i18n.ts';

/** What only a home with somebody to look after shows: it and its words come when there is. Tried again a few times. */
export const HomeCare = defineAsyncComponent({
  async loader() {
    const [view, texts, ofObservation] = await Promise.all([
      import('./HomeCare.vue'),
      import('../screen-texts.ts'),
      import('../observation/screen-texts.ts'),
    ]);
    addTexts(texts.checkInScreenTexts);
    addTexts(ofObservation.observationScreenTexts);
    return view.default;
  },
  onError(_error, retry, fail, attempts) {
    if (attempts < 3) retry();
    else fail();
  },
});
