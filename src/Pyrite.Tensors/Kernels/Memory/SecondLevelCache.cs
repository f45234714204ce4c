using System.Globalization;

namespace Pyrite.Kernels.Memory;

/// <summary>The size of a core's second-level cache, by which schedules choose how much they work on at a time.</summary>
/// <remarks>No sum is cut by it: the same bits come out at every size.</remarks>
internal static class SecondLevelCache
{
    /// <summary>The environment variable that says how large it is.</summary>
    public const string Variable = "PYRITE_L2_CACHE";

    private const int Assumed = 1 << 20;
    private const int Smallest = 64 << 10;
    private const int Largest = 1 << 30;
    private const string Information = "/sys/devices/system/cpu/cpu0/cache/index2/size";

    private static readonly string? Setting = Environment.GetEnvironmentVariable(Variable);

    // Zero where the variable says something that cannot be read.
    private static volatile int bytes = TryParse(Setting ?? "", out int? set) ? set ?? Assumed : Setting is null ? Measure() ?? Assumed : 0;

    /// <summary>Bytes; 1 MiB where the size is not known.</summary>
    /// <exception cref="InvalidOperationException">The environment variable has no size.</exception>
    public static int Bytes => bytes is > 0 and int known ? known : throw Refusal(Setting!);

    /// <summary>Reads a size: bytes, or a number with K or M, or "unknown".</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">Bytes, from 64 KiB to 1 GiB; null for "unknown".</param>
    public static bool TryParse(string text, out int? size)
    {
        size = null;
        string number = text.Trim();
        if (number.Equals("unknown", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }
        int unit = number.Length == 0 ? 0 : char.ToUpperInvariant(number[^1]) switch { 'K' => 10, 'M' => 20, _ => 0 };
        if (!long.TryParse(unit == 0 ? number : number[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            || count is 0 or > Largest || count << unit is < Smallest or > Largest)
        {
            return false;
        }
        size = (int)(count << unit);
        return true;
    }

    /// <summary>Works with another size until the scope is disposed, on all threads; for tests, which show that no bit depends on it.</summary>
    /// <param name="size">Bytes; null for an unknown size.</param>
    internal static Scope Use(int? size)
    {
        Scope scope = new(bytes);
        bytes = size ?? Assumed;
        return scope;
    }

    /// <summary>What is said of a variable that has no size.</summary>
    internal static InvalidOperationException Refusal(string text) => new(
        $"The environment variable {Variable} is \"{text}\"; expected the size of a core's second-level cache from 64K to 1024M, such as 524288, "
            + "512K or 2M, or \"unknown\". Set it so, or remove it: then the size is asked of the system.");

    private static int? Measure()
    {
        try
        {
            return File.Exists(Information) && TryParse(File.ReadAllText(Information), out int? size) ? size : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Restores the earlier size when disposed.</summary>
    internal readonly ref struct Scope(int earlier)
    {
        /// <summary>Ends the scope.</summary>
        public void Dispose() => bytes = earlier;
    }
}
