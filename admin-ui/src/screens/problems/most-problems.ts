/** Of each reading: an outage can stop thousands of orders, and nobody reads them one by one. */
export const MOST_PROBLEMS = 500;
