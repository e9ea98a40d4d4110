import{xa as a}from"./potok-chunk-HVUK5L7E.js";import"./potok-chunk-7E2JXJMW.js";export{a as picture};
