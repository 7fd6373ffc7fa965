import { nextTick, onBeforeUnmount, onMounted, shallowRef } from 'vue';
import type { ShallowRef } from 'vue';

/** Paper is laid out only while it is printed, from our button or from the browser's menu: hundreds of doors weigh. */
export function usePaper(): { readonly printing: ShallowRef<boolean>; print(): Promise<void> } {
  const printing = shallowRef(false);
  const begin = (): void => void (printing.value = true);
  const end = (): void => void (printing.value = false);
  onMounted(() => {
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('beforeprint', begin);
    window.removeEventListener('afterprint', end);
  });
  return {
    printing,
    async print() {
      begin();
      await nextTick();
      window.print();
    },
  };
}
