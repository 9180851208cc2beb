/** Courier's own version; a test keeps it equal to package.json's. */
export const courierVersion = '0.1.0';
