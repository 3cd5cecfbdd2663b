package dev.chatstream.agent;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent from the folder {@code inst/} of its own jar, where the class files are in one {@link ClassPack} that no
 * other loader, scanner or tool takes for the application's.
 *
 * <p>The parent is the platform loader: nothing of the application is visible from inside, and nothing from inside is
 * visible to the application. The jar stays open for the life of the JVM, since classes are read when they are needed.
 */
// not @NullMarked, whose targets Java 8 does not know
@SuppressWarnings("RequireExplicitNullMarking")
final class IsolatedClassLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String FOLDER = "inst/";
    private static final String CLASS = ".class";
    private static final String OWN = "dev.chatstream.";

    /**
     * Kept from the bundled libraries, which do without it as on an image that does not have it: to load and to set up their
     * events is a tenth of what the first connection takes, and would add them to the application's recordings.
     */
    private static final String FLIGHT_RECORDER = "jdk.jfr.";

    private static final String OWN_FOLDER = "dev/chatstream/";

    private final ZipFile jar;
    private final ClassPack classes;
    private final URL location;
    private final ProtectionDomain domain;
    private final @Nullable String version;

    private IsolatedClassLoader(ZipFile jar, URL location, Class<?> outside, ClassLoader parent) throws IOException {
        super(parent);
        this.jar = jar;
        this.classes = new ClassPack(jar);
        this.location = location;
        this.domain = withoutALocation();
        Package ofOutside = outside.getPackage();
        this.version = ofOutside == null ? null : ofOutside.getImplementationVersion();
    }

    /** A loader for what the jar that this class comes from has inside. */
    static IsolatedClassLoader ofThisJar() throws IOException, URISyntaxException {
        CodeSource source = Premain.class.getProtectionDomain().getCodeSource();
        URL location = source.getLocation();
        return new IsolatedClassLoader(new ZipFile(new File(location.toURI())), location, Premain.class, platform());
    }

    /** Tools that look at an application's classes, JaCoCo among them, leave alone what comes from nowhere. */
    private static ProtectionDomain withoutALocation() {
        Permissions all = new Permissions();
        all.add(new AllPermission());
        return new ProtectionDomain(new CodeSource(null, (Certificate[]) null), all);
    }

    /** The topmost loader that has an object; what names it came with Java 9. */
    private static ClassLoader platform() {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        for (ClassLoader parent = loader.getParent(); parent != null; parent = parent.getParent()) {
            loader = parent;
        }
        return loader;
    }

    /** Own classes are not asked of the parent first: it has none of them, and looking there takes time. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(FLIGHT_RECORDER)) {
            throw new ClassNotFoundException(name + " is not for the agent");
        }
        if (!name.startsWith(OWN)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes;
        try {
            bytes = classes.read(name.replace('.', '/'));
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name + " cannot be read from " + location, unreadable);
        }
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        definePackageOf(name);
        return defineClass(name, bytes, 0, bytes.length, domain);
    }

    private void definePackageOf(String className) {
        int end = className.lastIndexOf('.');
        if (end < 0) {
            return;
        }
        String name = className.substring(0, end);
        // What is bundled must not take the agent's version for its own.
        String ofPackage = name.startsWith(OWN + "agent.shaded.") ? null : version;
        try {
            if (getPackage(name) == null) {
                definePackage(name, null, null, null, null, ofPackage, null, null);
            }
        } catch (IllegalArgumentException another) {
            // another thread was faster: it is there
        }
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        InputStream above = name.startsWith(OWN_FOLDER) ? null : getParent().getResourceAsStream(name);
        if (above != null) {
            return above;
        }
        try {
            byte[] bytes = read(name);
            return bytes == null ? null : new ByteArrayInputStream(bytes);
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** Class files have none: whoever wants one reads it as a stream. */
    @Override
    protected @Nullable URL findResource(String name) {
        String entry = FOLDER + name;
        try {
            return jar.getEntry(entry) == null ? null : new URL("jar:" + location + "!/" + entry);
        } catch (IOException impossible) {
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL only = findResource(name);
        return only == null ? Collections.emptyEnumeration() : Collections.enumeration(Collections.singleton(only));
    }

    private byte @Nullable [] read(String name) throws IOException {
        if (name.endsWith(CLASS)) {
            return classes.read(name.substring(0, name.length() - CLASS.length()));
        }
        ZipEntry entry = jar.getEntry(FOLDER + name);
        if (entry == null) {
            return null;
        }
        byte[] bytes = new byte[(int) entry.getSize()];
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            in.readFully(bytes);
        }
        return bytes;
    }
}
