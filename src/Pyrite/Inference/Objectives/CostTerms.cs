namespace Pyrite.Inference.Objectives;

/// <summary>Costs by the plates they lie in, so that a site can ask for those of its own plate entries.</summary>
/// <remarks>What lies in a plate is independent of the plate's other entries; that is what a plate says.</remarks>
internal sealed class CostTerms
{
    private readonly List<PlateTensor> groups = [];

    /// <summary>Adds a cost; costs in the same plates are kept as one sum.</summary>
    public void Add(Tensor cost, IReadOnlyList<PlateFrame> plates)
    {
        for (int i = 0; i < groups.Count; i++)
        {
            if (AreSame(groups[i].Plates, plates))
            {
                groups[i] = new PlateTensor(groups[i].Value + cost, plates);
                return;
            }
        }
        groups.Add(new PlateTensor(cost, plates));
    }

    /// <summary>The costs that the entries of a site can influence, one number for each entry of its plates; null if there are none.</summary>
    public Tensor? SumTo(IReadOnlyList<PlateFrame> plates)
    {
        Tensor? total = null;
        foreach (PlateTensor group in groups)
        {
            if (!IsOtherRound(group.Plates, plates))
            {
                Tensor sum = group.SumTo(plates).Value;
                total = total is null ? sum : total + sum;
            }
        }
        return total;
    }

    /// <summary>Whether the costs belong to another round of a sequential plate that the site is in.</summary>
    private static bool IsOtherRound(IReadOnlyList<PlateFrame> costs, IReadOnlyList<PlateFrame> site)
    {
        foreach (PlateFrame cost in costs)
        {
            foreach (PlateFrame plate in site)
            {
                if (!plate.IsVectorized && cost.Name == plate.Name && cost.Index != plate.Index)
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static bool AreSame(IReadOnlyList<PlateFrame> a, IReadOnlyList<PlateFrame> b)
    {
        if (a.Count != b.Count)
        {
            return false;
        }
        for (int i = 0; i < a.Count; i++)
        {
            if (a[i] != b[i])
            {
                return false;
            }
        }
        return true;
    }
}
