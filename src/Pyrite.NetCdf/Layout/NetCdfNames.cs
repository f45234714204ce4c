using System.Globalization;

namespace Pyrite.Layout;

/// <summary>The names that arrays and dimensions of a group have in a file, where a slash divides groups, and a dimension is an array as
/// well.</summary>
internal sealed class NetCdfNames
{
    private readonly string[] arrays;
    private readonly string[][] dimensions;

    /// <summary>Finds a name of its own for everything; equal dimensions share one.</summary>
    public NetCdfNames(IReadOnlyList<NetCdfVariable> variables)
    {
        HashSet<string> taken = [];
        arrays = [.. variables.Select(variable => Free(variable.Name, taken))];
        Dictionary<string, NetCdfDimension> known = [];
        dimensions = new string[variables.Count][];
        for (int i = 0; i < variables.Count; i++)
        {
            dimensions[i] = new string[variables[i].Dimensions.Count];
            for (int axis = 0; axis < dimensions[i].Length; axis++)
            {
                NetCdfDimension dimension = variables[i].Dimensions[axis];
                string shared = Allowed(dimension.Name), own = Allowed($"{variables[i].Name}_{dimension.Name}");
                // An array lies once along a dimension: of a covariance the second axis is another one, as xarray wants it.
                string? found = new[] { shared, own }.FirstOrDefault(
                    name => known.TryGetValue(name, out NetCdfDimension? same) && same.IsLike(dimension)
                        && !dimensions[i].AsSpan(0, axis).Contains(name));
                if (found is null)
                {
                    found = Free(taken.Contains(shared) ? own : shared, taken);
                    known.Add(found, dimension);
                }
                dimensions[i][axis] = found;
            }
        }
    }

    /// <summary>The name of an array.</summary>
    public string Of(int variable) => arrays[variable];

    /// <summary>The name of an array's dimension.</summary>
    public string DimensionOf(int variable, int axis) => dimensions[variable][axis];

    private static string Free(string name, HashSet<string> taken)
    {
        string free = Allowed(name);
        for (int number = 2; !taken.Add(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{Allowed(name)}_{number}");
        }
        return free;
    }

    private static string Allowed(string name)
    {
        string allowed = name.Replace('/', '.').Trim();
        return allowed.Length > 0 && (char.IsLetterOrDigit(allowed[0]) || allowed[0] == '_') ? allowed : "_" + allowed;
    }
}
