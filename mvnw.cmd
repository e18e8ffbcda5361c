@echo off
rem Runs the Maven that this project pins, on a JDK that can build it: mvnw, which explains itself, for Windows.
setlocal EnableExtensions DisableDelayedExpansion
set "JAVA_MINIMUM=25"

rem Only the three keys that mvnw reads; set "key=value" so that trailing blanks and special characters do no harm.
for /f "usebackq eol=# tokens=1,* delims==" %%a in ("%~dp0.mvn\wrapper\maven-wrapper.properties") do (
  if "%%a"=="version" set "MVNW_VERSION=%%b"
  if "%%a"=="distributionUrl" set "MVNW_ADDRESS=%%b"
  if "%%a"=="distributionSha512Sum" set "MVNW_CHECKSUM=%%b"
)
if not defined MVNW_VERSION goto :noProperties
if not defined MVNW_ADDRESS goto :noProperties
if not defined MVNW_CHECKSUM goto :noProperties

rem Which JDK
set "MVNW_JDK="
set "MVNW_JDK_MAJOR=0"
if defined JAVA_HOME call :consider "%JAVA_HOME%"
if defined MVNW_JDK goto :maven
set "MVNW_JAVA="
for %%i in (java.exe) do set "MVNW_JAVA=%%~$PATH:i"
if defined MVNW_JAVA for %%h in ("%MVNW_JAVA%\..\..") do call :consider "%%~fh"
if defined MVNW_JDK goto :maven
rem Vendors use "Program Files\<vendor>\<jdk>", so every folder at that depth is looked at.
call :considerBelowEachIn "%ProgramFiles%"
call :considerBelowEachIn "%LOCALAPPDATA%\Programs"
call :considerEachIn "%USERPROFILE%\.jdks"
call :considerEachIn "%USERPROFILE%\.gradle\jdks"
call :considerEachIn "%USERPROFILE%\.sdkman\candidates\java"
call :considerBelowEachIn "%USERPROFILE%\scoop\apps"
if defined MVNW_JDK goto :maven
echo mvnw: JDK %JAVA_MINIMUM% or newer is needed, and none was found. >&2
echo   Looked at JAVA_HOME, at java on PATH, and into "%ProgramFiles%", "%LOCALAPPDATA%\Programs", >&2
echo   .jdks, .gradle\jdks, .sdkman and scoop in "%USERPROFILE%". >&2
echo   Install one, for example Temurin %JAVA_MINIMUM% from Adoptium. If it stands elsewhere, set JAVA_HOME to it. >&2
exit /b 1

rem Which Maven
:maven
set "MVNW_HOME=%MAVEN_USER_HOME%"
if not defined MVNW_HOME if defined USERPROFILE set "MVNW_HOME=%USERPROFILE%\.m2"
if not defined MVNW_HOME set "MVNW_HOME=%~dp0.local\.m2"
for %%h in ("%MVNW_HOME%") do set "MVNW_DISTS=%%~fh\wrapper\dists\apache-maven-%MVNW_VERSION%"
set "MVNW_KEY=%MVNW_CHECKSUM:~0,16%"
set "MVNW_MAVEN=%MVNW_DISTS%\%MVNW_KEY%"
if exist "%MVNW_MAVEN%\bin\mvn.cmd" goto :run

set "MVNW_NEW=%MVNW_DISTS%\new.%RANDOM%%RANDOM%"
mkdir "%MVNW_NEW%" 2>nul
if not exist "%MVNW_NEW%" (
  echo mvnw: cannot write to "%MVNW_DISTS%". Set MAVEN_USER_HOME to a directory for Maven's files. >&2
  exit /b 1
)
echo mvnw: bringing Maven %MVNW_VERSION% to "%MVNW_DISTS%", once >&2
pushd "%MVNW_NEW%"
call :bring
set "MVNW_RESULT=%ERRORLEVEL%"
popd
rmdir /s /q "%MVNW_NEW%" 2>nul
if not "%MVNW_RESULT%"=="0" exit /b 1

:run
set "JAVA_HOME=%MVNW_JDK%"
rem Without call, which would change carets in the arguments; mvn.cmd's exit code becomes ours.
"%MVNW_MAVEN%\bin\mvn.cmd" %*

:noProperties
echo mvnw: "%~dp0.mvn\wrapper\maven-wrapper.properties" lacks version, distributionUrl or distributionSha512Sum. >&2
exit /b 1

rem Takes the JDK in %1 if it is new enough and newer than the one taken before. Every JDK since 9 has a release
rem file with JAVA_VERSION="25.0.3" in it.
:consider
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "MVNW_MAJOR=0"
for /f "usebackq tokens=1,2 delims==" %%a in ("%~1\release") do if "%%a"=="JAVA_VERSION" set "MVNW_MAJOR=%%~b"
for /f "delims=.-+_" %%m in ("%MVNW_MAJOR%") do set "MVNW_MAJOR=%%m"
if %MVNW_MAJOR% LSS %JAVA_MINIMUM% exit /b 0
if %MVNW_MAJOR% LEQ %MVNW_JDK_MAJOR% exit /b 0
set "MVNW_JDK=%~f1"
set "MVNW_JDK_MAJOR=%MVNW_MAJOR%"
exit /b 0

rem dir rather than for /d, so that blanks and brackets in a name do no harm.
:considerBelowEachIn
for /f "delims=" %%d in ('dir /b /ad "%~1" 2^>nul') do call :considerEachIn "%~1\%%d"
exit /b 0

:considerEachIn
for /f "delims=" %%d in ('dir /b /ad "%~1" 2^>nul') do call :consider "%~1\%%d"
exit /b 0

rem In the new directory: through an installed mvn, else from the archive; then checks, unpacks, and moves it to
rem its name at once, which fails if somebody else was faster.
:bring
where mvn >nul 2>nul
if errorlevel 1 goto :download
rem where mvn stops looking upwards for a project whose .mvn\jvm.config its Java may not understand
mkdir .mvn
call :throughMvn
if not exist archive.zip call :throughMvnWithOurJdk
if not exist archive.zip goto :download
call :genuine
if not errorlevel 1 goto :unpack
:download
echo mvnw: downloading %MVNW_ADDRESS% >&2
curl -fsSL --connect-timeout 20 --retry 2 -o archive.zip "%MVNW_ADDRESS%" 2>nul
if not errorlevel 1 goto :check
rem no curl before Windows 10 of 2018, and PowerShell knows the proxy that Windows is set to
powershell -NoProfile -Command "$ProgressPreference='SilentlyContinue'; [Net.ServicePointManager]::SecurityProtocol='Tls12'; Invoke-WebRequest -UseBasicParsing -Uri $env:MVNW_ADDRESS -OutFile archive.zip"
if errorlevel 1 (
  echo mvnw: could not download Maven %MVNW_VERSION%. Without access to that address, install any Maven of 3.6.3 or newer >&2
  echo   that reaches a repository: mvnw then brings the right one through it. >&2
  exit /b 1
)
:check
call :genuine
if errorlevel 1 exit /b 1
:unpack
"%MVNW_JDK%\bin\jar.exe" xf archive.zip
if errorlevel 1 exit /b 1
ren "apache-maven-%MVNW_VERSION%" "%MVNW_KEY%"
if errorlevel 1 exit /b 1
if exist "%MVNW_MAVEN%" if not exist "%MVNW_MAVEN%\bin\mvn.cmd" rmdir /s /q "%MVNW_MAVEN%"
move "%MVNW_KEY%" "%MVNW_DISTS%\" >nul 2>nul
if exist "%MVNW_MAVEN%\bin\mvn.cmd" exit /b 0
echo mvnw: could not put Maven %MVNW_VERSION% into "%MVNW_DISTS%". >&2
exit /b 1

:throughMvnWithOurJdk
setlocal
set "JAVA_HOME=%MVNW_JDK%"
call :throughMvn
exit /b

:throughMvn
setlocal
set "MAVEN_ARGS="
set "MAVEN_BASEDIR="
call mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy "-Dartifact=org.apache.maven:apache-maven:%MVNW_VERSION%:zip:bin" -DoutputDirectory=. >nul 2>nul <nul
if exist "apache-maven-%MVNW_VERSION%-bin.zip" ren "apache-maven-%MVNW_VERSION%-bin.zip" archive.zip
exit /b

:genuine
set "MVNW_ACTUAL="
for /f "skip=1 delims=" %%s in ('certutil -hashfile archive.zip SHA512') do if not defined MVNW_ACTUAL set "MVNW_ACTUAL=%%s"
rem An old certutil puts blanks between the bytes
if defined MVNW_ACTUAL set "MVNW_ACTUAL=%MVNW_ACTUAL: =%"
if /i "%MVNW_ACTUAL%"=="%MVNW_CHECKSUM%" exit /b 0
echo mvnw: REFUSED what came: it is not the Maven %MVNW_VERSION% that this project pins. >&2
echo   SHA-512 expected: %MVNW_CHECKSUM% >&2
echo   SHA-512 found:    %MVNW_ACTUAL% >&2
exit /b 1
