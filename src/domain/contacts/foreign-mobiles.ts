/**
 * Mobile numbers with their country code, of countries that tell them by their first digits and whose people are
 * customers in Germany and its neighbours.
 */
const MOBILES: readonly RegExp[] = [
  /^48(?:45|5[0137]|6[069]|7[2-9]|88)\d{7}$/,
  /^420(?:60[1-8]|7[02379]\d)\d{6}$/,
  /^4219\d{8}$/,
  /^380(?:50|6[3678]|73|9[1-9])\d{7}$/,
  /^33[67]\d{8}$/,
  /^34[67]\d{8}$/,
  /^3519[1236]\d{7}$/,
  /^393\d{9}$/,
  /^316\d{8}$/,
  /^324[5-9]\d{7}$/,
  /^3526[269]1\d{6}$/,
  /^417[5-9]\d{7}$/,
  /^436[5-9]\d{8,9}$/,
  /^491[567]\d{8,9}$/,
  /^905\d{9}$/,
  /^407\d{8}$/,
  /^36(?:[237]0|31|50)\d{7}$/,
  /^3598[7-9]\d{7}$/,
  /^3859\d{8}$/,
  /^3816\d{7,8}$/,
  /^3069\d{8}$/,
  /^467\d{8}$/,
  /^447\d{9}$/
]

/**
 * Whether digits are the mobile number of another country with its code and no sign before it. No plan of a country
 * with numbers of any length has local numbers so long behind such an area code.
 */
export function isForeignMobile(digits: string): boolean {
  return MOBILES.some((pattern) => pattern.test(digits))
}
