import{xa as a}from"./potok-chunk-2CMCSYQ4.js";import"./potok-chunk-7E2JXJMW.js";export{a as picture};
