using System.Runtime.InteropServices;
using System.Text;
using Pyrite.Launching;

namespace Pyrite.Binding;

/// <summary>Finds the library of MPI: the one that the user names, else the one that fits the launcher.</summary>
internal static class MpiLibrary
{
    /// <summary>The variable that names a library: "openmpi", "mpich", "abi", or a file.</summary>
    public const string Variable = "PYRITE_MPI";

    private const int MostVersionBytes = 8_192;

    private static readonly Dictionary<MpiFamily, string[]> Files = new()
    {
        [MpiFamily.OpenMpi] = ["libmpi.so.40", "libmpi.40.dylib"],
        [MpiFamily.Mpich] = ["libmpich.so.12", "libmpi.so.12", "libmpi.12.dylib"],
        [MpiFamily.Standard] = ["libmpi_abi.so.0", "libmpi_abi.0.dylib"],
    };

    /// <summary>Loads the library and starts MPI.</summary>
    /// <param name="launcher">What started this process.</param>
    /// <param name="wish">What the user names, or null.</param>
    /// <exception cref="ClusterException">There is no library, it has no MPI, or it sees other ranks than the launcher started.</exception>
    public static MpiTransport Start(Launcher launcher, string? wish)
    {
        // A library may take signals already when it is loaded.
        KeptHandlers? kept = KeptHandlers.Keep();
        (nint library, string name) = Load(launcher, wish);
        MpiTransport transport;
        try
        {
            MpiFamily family = FamilyOf(library, name);
            MpiFunctions functions = new(library);
            MpiConstants constants = MpiConstants.Of(family, export => NativeLibrary.GetExport(library, export));
            transport = new MpiTransport(functions, constants, name, VersionOf(functions));
        }
        catch (EntryPointNotFoundException missing)
        {
            throw new ClusterException($"{name} is no library of MPI: {missing.Message} Name another in {Variable}.", missing);
        }
        finally
        {
            kept?.PutBack();
        }
        if (transport.Size != launcher.Size)
        {
            throw new ClusterException(
                $"{launcher.Name} started {launcher.Size} ranks, but {name} sees {transport.Size}: {transport.Version}. Launcher and library "
                    + "belong to different kinds of MPI, or to versions that do not know each other. Start with the launcher of that library, or "
                    + $"name the launcher's own library in {Variable} (openmpi, mpich, abi, or a file)"
                    + (launcher.Name.StartsWith("srun", StringComparison.Ordinal)
                        ? "; under Slurm, srun --mpi=pmix or --mpi=pmi2 says which."
                        : "."));
        }
        return transport;
    }

    /// <summary>The files to try, in order.</summary>
    internal static string[] Candidates(Launcher launcher, string? wish) => wish?.Trim().ToUpperInvariant() switch
    {
        null or "" => [.. launcher.Families.SelectMany(family => Files[family])],
        "OPENMPI" => Files[MpiFamily.OpenMpi],
        "MPICH" => Files[MpiFamily.Mpich],
        "ABI" => Files[MpiFamily.Standard],
        _ => [wish!.Trim()],
    };

    private static (nint Library, string Name) Load(Launcher launcher, string? wish)
    {
        string[] candidates = Candidates(launcher, wish);
        foreach (string candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, out nint library))
            {
                return (library, candidate);
            }
        }
        throw new ClusterException(
            $"{launcher.Name} started {launcher.Size} ranks, but no library of MPI could be loaded; looked for {string.Join(", ", candidates)}"
                + (string.IsNullOrWhiteSpace(wish) ? "" : $", as {Variable} says")
                + $". Install the library that the launcher belongs to (Debian: libopenmpi3 or libmpich12), or name its file in {Variable}.");
    }

    /// <summary>What a library is shows in what it exports, not in its name: several are called libmpi.so.</summary>
    private static MpiFamily FamilyOf(nint library, string name) =>
        NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _) ? MpiFamily.OpenMpi
        : Path.GetFileName(name).Contains("mpi_abi", StringComparison.Ordinal) ? MpiFamily.Standard
        : MpiFamily.Mpich;

    /// <summary>May be asked before MPI has started.</summary>
    private static unsafe string VersionOf(MpiFunctions functions)
    {
        byte[] text = new byte[MostVersionBytes];
        int length;
        fixed (byte* start = text)
        {
            functions.LibraryVersion(start, &length);
        }
        string[] lines = Encoding.UTF8.GetString(text, 0, Math.Clamp(length, 0, text.Length)).TrimEnd('\0', '\n', ' ').Split('\n');
        return string.Join(' ', lines[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
