# One machine in a container: the page, the workers, PostgreSQL and the queue in one process tree, with its data in /data.
#
#   docker build -t openphone-import .
#
# On Linux, open to this machine only, with the sample workspace unless OPENPHONE_API_KEY is set:
#
#   docker run --rm --network host -v openphone-import:/data -e OPENPHONE_API_KEY openphone-import
#
# Elsewhere a container has an address of its own, so the page wants users (docs/page.md):
#
#   export PAGE_USERS="$(htpasswd -nBC 10 olga):operator"
#   docker run --rm -p 127.0.0.1:8080:8080 -v openphone-import:/data \
#       -e OPENPHONE_API_KEY -e PAGE_USERS -e QUARKUS_HTTP_HOST=0.0.0.0 openphone-import
#
# The variables of docs/configuration.md work with -e, those of a database of yours among them.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /source
COPY . .
RUN ./mvnw -B -ntp package -Plocal
WORKDIR /unpacked
# jar keeps no permissions.
RUN jar -xf /source/target/local/openphone-import-*.zip \
    && mv openphone-import-* openphone-import \
    && chmod +x openphone-import/bin/openphone-import

FROM eclipse-temurin:25-jre
# PostgreSQL refuses to run as root.
RUN useradd --system --create-home importer && install -d -o importer /data
COPY --from=build /unpacked/openphone-import /opt/openphone-import
USER importer
WORKDIR /data
ENV LOCAL_DIRECTORY=/data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/opt/openphone-import/bin/openphone-import"]
