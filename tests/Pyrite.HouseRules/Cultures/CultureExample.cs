using System.Globalization;
using System.Text;

namespace Pyrite;

/// <summary>Code that depends on the culture of the thread, one kind a method, and its like that does not: what the rule must find and must leave
/// alone.</summary>
internal static class CultureExample
{
    internal static class Bound
    {
        public static string Hole(double x) => $"{x}";

        public static string HoleOfAnInteger(int x) => $"{x}";

        public static StringBuilder AppendedHole(StringBuilder text, double x) => text.Append($"{x}");

        public static string Text(double x) => x.ToString();

        public static string TextOfANullable(long? x) => x.ToString()!;

        public static string Formatted(float x) => x.ToString("0.0");

        public static string WithoutProvider(double x) => x.ToString("0.0", null);

        public static string Added(double x) => "x" + x;

        public static double Parsed(string text) => double.Parse(text);

        public static bool Tried(string text) => int.TryParse(text, out _);

        public static string Joined(int[] sizes) => string.Join(", ", sizes);

        public static string Format(object x) => string.Format("{0}", x);

        public static StringBuilder Appended(StringBuilder text, long x) => text.Append(x);

        public static double Converted(string text) => Convert.ToDouble(text);

        public static string ConvertedBack(double x) => Convert.ToString(x);

        public static void Written(TextWriter writer, double x) => writer.Write(x);

        public static string Upper(string text) => text.ToUpper();

        public static char Lower(char letter) => char.ToLower(letter);

        public static int Compared(string a, string b) => string.Compare(a, b);

        public static int ComparedToo(string a, string b) => a.CompareTo(b);

        public static bool Starts(string text) => text.StartsWith("x");

        public static bool Ends(string text) => text.EndsWith("x");

        public static int Found(string text) => text.IndexOf("x");

        public static int FoundLast(string text) => text.LastIndexOf("x");

        public static string[] Ordered(string[] names) => [.. names.Order()];

        public static string[] OrderedBy(string[] names) => [.. names.OrderBy(name => name)];

        public static void Sorted(string[] names) => Array.Sort(names);

        public static void SortedList(List<string> names) => names.Sort();

        public static SortedSet<string> Set() => [];

        public static CultureInfo Ambient() => CultureInfo.CurrentCulture;
    }

    internal static class Free
    {
        public static string Hole(double x) => string.Create(CultureInfo.InvariantCulture, $"{x}");

        public static StringBuilder AppendedHole(StringBuilder text, double x) => text.Append(CultureInfo.InvariantCulture, $"{x}");

        public static string Text(double x) => x.ToString("R", CultureInfo.InvariantCulture);

        public static double Parsed(string text) => double.Parse(text, CultureInfo.InvariantCulture);

        public static string Joined(string[] names) => string.Join(", ", names);

        public static string JoinedParts(IEnumerable<string> names) => string.Join(", ", names);

        public static StringBuilder Appended(StringBuilder text) => text.Append('x', 3).Append("x").Append("abc", 1, 2).Insert(0, "x");

        public static double Converted(long x) => Convert.ToDouble(x);

        public static string NameOfAValue(DayOfWeek day) => day.ToString();

        public static string Upper(string text) => text.ToUpperInvariant();

        public static int Compared(string a, string b) => string.CompareOrdinal(a, b);

        public static bool Starts(string text) => text.StartsWith("x", StringComparison.Ordinal) || text.StartsWith('x');

        public static int Found(string text) => text.IndexOf('x') + text.IndexOf("x", StringComparison.Ordinal);

        public static string[] Ordered(string[] names) => [.. names.Order(StringComparer.Ordinal)];

        public static string[] OrderedByLength(string[] names) => [.. names.OrderBy(name => name.Length)];

        public static void Sorted(string[] names) => Array.Sort(names, StringComparer.Ordinal);

        public static SortedSet<string> Set() => new(StringComparer.Ordinal);
    }
}
