"use strict";(()=>{var e=document.documentElement;e.dataset.theme==="system"&&(e.dataset.theme=matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light",e.dataset.themeAsked="system");})();
