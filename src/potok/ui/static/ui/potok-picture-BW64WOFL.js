import{xa as a}from"./potok-chunk-QOZYXFJN.js";import"./potok-chunk-7E2JXJMW.js";export{a as picture};
