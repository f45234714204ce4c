using System.Globalization;

namespace Pyrite.Launching;

/// <summary>The processors that a process may run on.</summary>
internal static class Processors
{
    private const string Status = "/proc/self/status";
    private const string Online = "/sys/devices/system/cpu/online";
    private const string AllowedField = "Cpus_allowed_list:";

    /// <summary>The processors of this process as the system lists them, such as "0-3,8"; empty where the system does not tell (not Linux).</summary>
    public static string AllowedHere()
    {
        if (!File.Exists(Status))
        {
            return "";
        }
        string? line = File.ReadLines(Status).FirstOrDefault(one => one.StartsWith(AllowedField, StringComparison.Ordinal));
        return line is null ? "" : line[AllowedField.Length..].Trim();
    }

    /// <summary>How many processors the host has; what this process may use where the system does not tell.</summary>
    public static int OfHost() => File.Exists(Online) ? Parse(File.ReadAllText(Online).Trim()).Count : Environment.ProcessorCount;

    /// <summary>The numbers in a list such as "0-3,8".</summary>
    /// <exception cref="FormatException">The text is no such list.</exception>
    public static HashSet<int> Parse(string list)
    {
        HashSet<int> numbers = [];
        foreach (string range in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] ends = range.Split('-');
            int first = int.Parse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture);
            int last = int.Parse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture);
            for (int number = first; number <= last; number++)
            {
                numbers.Add(number);
            }
        }
        return numbers;
    }
}
