@echo off
rem Starts openphone-import on this machine, as bin/openphone-import does elsewhere. JAVA_OPTS holds options of the JVM.
setlocal EnableExtensions DisableDelayedExpansion
set "JAVA=java.exe"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
rem Older versions do not know this option, and a machine without Java does not know the command.
"%JAVA%" --sun-misc-unsafe-memory-access=allow -version >nul 2>nul
if errorlevel 1 (
  echo openphone-import: Java 25 or newer is needed, and "%JAVA%" is none. >&2
  echo   Install one, for example Temurin 25 from Adoptium, and set JAVA_HOME to it. >&2
  exit /b 1
)
"%JAVA%" --sun-misc-unsafe-memory-access=allow -XX:TieredStopAtLevel=1 %JAVA_OPTS% -jar "%~dp0..\openphone-import.jar" %*
exit /b %ERRORLEVEL%
