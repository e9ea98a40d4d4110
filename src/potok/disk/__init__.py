"""Files: kept by content, shown to those who may see what a file hangs on."""
