import{xa as a}from"./potok-chunk-GZUDL5O7.js";import"./potok-chunk-7E2JXJMW.js";export{a as picture};
