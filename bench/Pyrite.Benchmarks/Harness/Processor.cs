using System.Globalization;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pyrite.Benchmarks.Harness;

/// <summary>The processor, and what of it this run uses: figures of one name and mode can be compared.</summary>
internal static class Processor
{
    private const string Information = "/proc/cpuinfo";

    /// <summary>Bits of the widest vector that the runtime uses.</summary>
    public static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>The instruction set of this run, and whether it does without run-time code.</summary>
    public static string Mode =>
        (Vector512.IsHardwareAccelerated ? "AVX-512" : Avx2.IsSupported ? "AVX2 only" : $"{VectorBits}-bit vectors")
            + (RuntimeFeature.IsDynamicCodeCompiled ? "" : JitInfo.GetCompiledMethodCount() > 0 ? ", no run-time code" : ", native code");

    /// <summary>The generation where it is known, such as "Zen 5", else the maker's name.</summary>
    public static string Name { get; } = NameOf(Field("vendor_id"), Number("cpu family"), Number("model")) ?? MakersName();

    /// <summary>Processor, cores, instruction set, runtime, system, and the clock of one-thread work, in one line.</summary>
    public static string Describe() =>
        $"{MakersName()} ({Name}), {Environment.ProcessorCount} cores, {Mode}, {RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.OSDescription.Trim()}, one-thread work by {ThreadClock.Name}";

    /// <summary>AMD's processors carry the same few names for years: family and model say which core it is.</summary>
    internal static string? NameOf(string? vendor, int family, int model) => (vendor, family, model) switch
    {
        ("AuthenticAMD", 26, _) => "Zen 5",
        ("AuthenticAMD", 25, >= 0x10 and <= 0x1f or >= 0x60) => "Zen 4",
        ("AuthenticAMD", 25, _) => "Zen 3",
        ("AuthenticAMD", 23, >= 0x30) => "Zen 2",
        ("AuthenticAMD", 23, _) => "Zen",
        _ => null,
    };

    private static string MakersName() =>
        Field("model name") ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static int Number(string field) =>
        int.TryParse(Field(field), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : -1;

    private static string? Field(string name) => File.Exists(Information)
        ? File.ReadLines(Information).Select(line => line.Split(':', 2))
            .FirstOrDefault(parts => parts.Length == 2 && parts[0].Trim() == name)?[1].Trim()
        : null;
}
