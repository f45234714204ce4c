namespace Pyrite.Plotting.Charts;

/// <summary>Checks that arrays which belong together are equally long.</summary>
internal static class Lengths
{
    public static void RequireEqual(string what, params ReadOnlySpan<(string Name, int Length)> arrays)
    {
        foreach ((string name, int length) in arrays)
        {
            if (length != arrays[0].Length)
            {
                throw new ArgumentException(
                    $"Cannot draw {what}: expected as many values in {name} as in {arrays[0].Name}, found {length} and {arrays[0].Length}.", name);
            }
        }
    }
}
