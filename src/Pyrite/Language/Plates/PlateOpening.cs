using Pyrite.Language.Sites;

namespace Pyrite.Language.Plates;

/// <summary>Checks and opens plates.</summary>
internal static class PlateOpening
{
    /// <summary>Opens a vectorized plate as the innermost scope.</summary>
    public static PlateScope Open(string name, int size, int? subsampleSize, Tensor? indices, int? dimension, List<PlateAxis>? avoided = null,
        IReadOnlyList<string>? names = null)
    {
        PlateSite site = Choose(name, size, subsampleSize, indices);
        PlateFrame frame = new(name, ChooseDimension(name, dimension, avoided), size, site.SubsampleSize)
        {
            Names = names,
            IsGiven = site.IsGiven,
            AskedSize = site.AskedSize,
        };
        return new PlateScope(HandlerStack.Push(new PlateHandler(frame, site)), site, frame.Dimension);
    }

    /// <summary>Checks the sizes and chooses the indices that are present.</summary>
    public static PlateSite Choose(string name, int size, int? subsampleSize, Tensor? indices)
    {
        if (indices is not null)
        {
            CheckIndices(name, size, subsampleSize, indices);
        }
        int present = indices?.Count ?? subsampleSize ?? size;
        RequireSizes(name, size, indices is null ? present : Math.Min(present, size));
        if (HandlerStack.FindPlate(name) is not null)
        {
            throw new ModelException(ModelError.PlateOpenAlready, name,
                "a plate of this name is open already. Close it first, or give the inner one another name.");
        }
        PlateSite site = new(name, size, present, indices);
        if (present != size || site.IsGiven)
        {
            HandlerStack.Apply(site);
        }
        return site;
    }

    /// <summary>Refuses sizes that no plate can have.</summary>
    public static void RequireSizes(string name, int size, int present)
    {
        if (size < 1 || present < 1 || present > size)
        {
            throw new ModelException(ModelError.PlateSizeImpossible, name,
                $"a plate needs a size of at least 1 and a subsample of 1 to that size; found size {size} and subsample size {present}. Give the "
                    + "size of the whole data, and that of a batch as subsampleSize.");
        }
    }

    /// <summary>Refuses names that do not tell the entries of a plate apart.</summary>
    public static void RequireNames(string name, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (EntryNames.Fault(names) is { } fault)
        {
            throw new ModelException(ModelError.EntryNames, name,
                $"the names of a plate's entries must differ and not be empty; {fault}. Give each entry a name of its own, such as those of the "
                    + "groups of a table's column.");
        }
    }

    private static void CheckIndices(string name, int size, int? subsampleSize, Tensor indices)
    {
        if (indices.DType != DType.Int64 || indices.Rank != 1)
        {
            throw new ModelException(ModelError.PlateIndicesInvalid, name,
                $"the indices of a subsample must be Int64 in one row; found {indices.DType} of shape {indices.Shape}. Convert with To(DType.Int64), "
                    + "or flatten them.");
        }
        if (subsampleSize is { } declared && declared != indices.Count)
        {
            throw new ModelException(ModelError.PlateIndicesInvalid, name,
                $"a subsample of {declared} was declared, but {indices.Count} indices are given. Leave the subsample size out, or give that many "
                    + "indices.");
        }
        foreach (long index in indices.ToArray<long>())
        {
            if (index < 0 || index >= size)
            {
                throw new ModelException(ModelError.PlateIndicesInvalid, name,
                    $"the indices of a subsample must lie in 0 to {size - 1}; found {index}. Give positions in the whole plate.");
            }
        }
    }

    /// <summary>The wanted dimension if it is free, else the rightmost free one.</summary>
    private static int ChooseDimension(string name, int? wanted, List<PlateAxis>? avoided)
    {
        if (wanted >= 0)
        {
            throw new ModelException(ModelError.PlateDimensionNotNegative, name,
                $"a plate's dimension counts from the right and is negative; found {wanted}. Use -1 for the last batch dimension.");
        }
        if (wanted is { } dimension)
        {
            return HandlerStack.FindPlate(dimension) is not { } open
                ? dimension
                : throw new ModelException(ModelError.PlateDimensionTaken, name,
                    $"dimension {dimension} is taken by the open plate \"{open.Frame.Name}\". Choose another dimension, or leave it out; kept plates "
                        + "that are entered in several combinations need a dimension each.");
        }
        int free = -1;
        while (HandlerStack.FindPlate(free) is not null || IsKept(avoided, free))
        {
            free--;
        }
        return free;
    }

    private static bool IsKept(List<PlateAxis>? axes, int dimension) => axes is not null && axes.Exists(axis => axis.Dimension == dimension);
}
