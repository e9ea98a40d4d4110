import{xa as a}from"./potok-chunk-VZP6O73Z.js";import"./potok-chunk-7E2JXJMW.js";export{a as picture};
