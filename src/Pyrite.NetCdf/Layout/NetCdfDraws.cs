namespace Pyrite.Layout;

/// <summary>Arrays of a file as draws.</summary>
internal static class NetCdfDraws
{
    /// <summary>The draws of a group.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="group">The group.</param>
    /// <param name="variables">Its arrays.</param>
    /// <param name="ownName">What an array of a group is called here.</param>
    /// <exception cref="InvalidDataException">An array has not the dimensions chain and draw first.</exception>
    public static Draws Of(string path, string group, IReadOnlyList<NetCdfVariable> variables, Func<string, string, string> ownName)
    {
        NetCdfVariable first = variables[0];
        foreach (NetCdfVariable variable in variables)
        {
            bool isLike = variable.Dimensions is [{ Name: "chain" } chain, { Name: "draw" } draw, ..] && chain.Size > 0 && draw.Size > 0
                && chain.Size == first.Dimensions[0].Size && draw.Size == first.Dimensions[1].Size;
            if (!isLike)
            {
                throw new InvalidDataException(
                    $"Reading \"{path}\": \"{variable.Name}\" in group \"{group}\" has the dimensions "
                        + $"[{string.Join(", ", variable.Dimensions.Select(dimension => $"{dimension.Name} {dimension.Size}"))}]; draws have chain "
                        + "and draw first, as many in all arrays of a group. Transpose it before saving, with xarray's transpose for instance.");
            }
        }
        return new Draws(first.Dimensions[0].Size, first.Dimensions[1].Size, variables.Select(variable => new DrawsVariable(
            ownName(group, variable.Name), Shape.Create([.. variable.Dimensions.Skip(2).Select(dimension => dimension.Size)]),
            variable.Values.ToArray(), [.. variable.Dimensions.Skip(2).Select(dimension => dimension.Name)],
            variable.Type == DType.Int64 && group != "sample_stats" ? DType.Int64 : DType.Float64)
        {
            EntryNames = [.. variable.Dimensions.Skip(2).Select(dimension => dimension.Labels?.Distinct().Count() == dimension.Size
                && !dimension.Labels.Contains("") ? dimension.Labels : null)],
            IsCircular = variable.IsCircular,
        }));
    }
}
