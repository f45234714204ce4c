namespace Pyrite;

/// <summary>A small public surface with every kind of member whose description is tested.</summary>
public static class ApiExample
{
    public const int Most = 8;

    public static string Twice(this string text) => text + Secret() + text;

    extension(string text)
    {
        public int Half => text.Length / 2;

        public string Thrice() => text + text + text;
    }

    private static string Secret() => "";

    public readonly record struct Pair<T>(T First, string? Second)
        where T : struct;

    public abstract class Source
    {
        public abstract double[] Draw(int count = 1, params string[] names);

        protected virtual bool TryFind(string name, out double value)
        {
            value = name.Length;
            return true;
        }
    }
}
