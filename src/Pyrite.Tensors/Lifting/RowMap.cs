namespace Pyrite.Lifting;

/// <summary>Which places of a lifted tensor are rows of which hidden axis.</summary>
/// <param name="Axes">The factors of each axis, from the left; an axis of size 1 has one of size 1.</param>
internal sealed record RowMap(RowAtom[][] Axes)
{
    private static readonly RowAtom[] One = [RowAtom.Plain(1)];

    /// <summary>All marks, each once.</summary>
    public IEnumerable<RowMark> Marks => Axes.SelectMany(axis => axis).SelectMany(atom => atom.Marks).Distinct();

    public bool IsMarked => Array.Exists(Axes, IsMarkedAxis);

    /// <summary>A map without marks.</summary>
    public static RowMap Plain(Shape shape) => new([.. shape.Select(size => new[] { RowAtom.Plain(size) })]);

    public static bool IsMarkedAxis(RowAtom[] axis) => Array.Exists(axis, atom => atom.IsMarked);

    /// <summary>The marks of one axis.</summary>
    public IEnumerable<RowMark> At(int axis) => Axes[axis].SelectMany(atom => atom.Marks);

    /// <summary>The same places in another shape.</summary>
    /// <param name="target">The shape.</param>
    /// <param name="broken">Takes marks of rows that the shape tears apart.</param>
    public RowMap Reshaped(Shape target, ISet<RowMark> broken)
    {
        if (target.Count == 0)
        {
            // Nothing stands anywhere, so nothing tells the rows apart.
            broken.UnionWith(Marks);
            return Plain(target);
        }
        Queue<RowAtom> source = new(Merged());
        RowAtom[][] result = new RowAtom[target.Rank][];
        RowAtom rest = RowAtom.Plain(1);
        for (int axis = 0; axis < result.Length; axis++)
        {
            List<RowAtom> atoms = [];
            int missing = target[axis];
            while (missing > 1)
            {
                RowAtom next = rest.Size > 1 ? rest : source.Dequeue();
                rest = RowAtom.Plain(1);
                if (missing % next.Size == 0)
                {
                    atoms.Add(next);
                    missing /= next.Size;
                    continue;
                }
                if (next.Size % missing != 0)
                {
                    // Sizes that do not divide each other: nothing is known of what stands where from here on.
                    broken.UnionWith(next.Marks.Concat(source.SelectMany(atom => atom.Marks)));
                    return Plain(target) with { Axes = [.. result.Take(axis), .. target.Skip(axis).Select(size => new[] { RowAtom.Plain(size) })] };
                }
                broken.UnionWith(next.Marks);
                atoms.Add(RowAtom.Plain(missing));
                rest = RowAtom.Plain(next.Size / missing);
                missing = 1;
            }
            result[axis] = target[axis] == 0 || atoms.Count == 0 ? [RowAtom.Plain(target[axis])] : [.. atoms];
        }
        return new RowMap(result);
    }

    /// <summary>The marks of a result against whose last axes the inputs are aligned.</summary>
    /// <param name="result">The result's shape.</param>
    /// <param name="inputs">The maps of the inputs; null for those without marks.</param>
    /// <param name="broken">Takes marks that stand across each other.</param>
    public static RowMap Aligned(Shape result, IEnumerable<RowMap?> inputs, ISet<RowMark> broken)
    {
        RowMap[] marked = [.. inputs.OfType<RowMap>()];
        RowAtom[][] axes = new RowAtom[result.Rank][];
        for (int back = 1; back <= result.Rank; back++)
        {
            axes[^back] =
                Union([.. marked.Where(map => map.Axes.Length >= back).Select(map => map.Axes[^back]).Where(IsMarkedAxis)], result[^back], broken);
        }
        return new RowMap(axes);
    }

    /// <summary>The marks of several tensors at one axis.</summary>
    public static RowAtom[] Union(RowAtom[][] parts, int size, ISet<RowMark> broken)
    {
        if (parts.Length == 0)
        {
            return size == 1 ? One : [RowAtom.Plain(size)];
        }
        if (parts.Length == 1)
        {
            return parts[0];
        }
        if (parts.All(part => part.Select(atom => atom.Size).SequenceEqual(parts[0].Select(atom => atom.Size))))
        {
            return [.. parts[0].Select((atom, i) => new RowAtom(atom.Size, [.. parts.SelectMany(part => part[i].Marks).Distinct()]))];
        }
        broken.UnionWith(parts.SelectMany(part => part).SelectMany(atom => atom.Marks));
        return [RowAtom.Plain(size)];
    }

    /// <summary>The map with an axis of another size, without marks.</summary>
    public RowMap Changed(int axis, int size) => new([.. Axes[..axis], [RowAtom.Plain(size)], .. Axes[(axis + 1)..]]);

    /// <summary>The map without an axis.</summary>
    /// <param name="axis">Which one.</param>
    /// <param name="broken">Takes the marks of rows that stand there.</param>
    public RowMap Without(int axis, ISet<RowMark> broken)
    {
        broken.UnionWith(At(axis));
        return new RowMap([.. Axes[..axis], .. Axes[(axis + 1)..]]);
    }

    /// <summary>The map without some marks.</summary>
    public RowMap Without(RowMark mark) => new([.. Axes.Select(axis => axis.Select(atom => atom.Without(mark)).ToArray())]);

    /// <summary>The map with other axes in the place of one.</summary>
    public RowMap Renamed(HiddenAxis axis, HiddenAxis[] names) =>
        new([.. Axes.Select(atoms => atoms.Select(atom => new RowAtom(atom.Size,
            [.. atom.Marks.SelectMany(mark => mark.Axis == axis ? names.Select(name => mark with { Axis = name }) : [mark])])).ToArray())]);

    /// <summary>All factors in order, neighbours without marks as one.</summary>
    private List<RowAtom> Merged()
    {
        List<RowAtom> atoms = [];
        foreach (RowAtom atom in Axes.SelectMany(axis => axis))
        {
            if (atom.Size == 1)
            {
                continue;
            }
            if (!atom.IsMarked && atoms.Count > 0 && !atoms[^1].IsMarked)
            {
                atoms[^1] = RowAtom.Plain(atoms[^1].Size * atom.Size);
                continue;
            }
            atoms.Add(atom);
        }
        return atoms;
    }
}
