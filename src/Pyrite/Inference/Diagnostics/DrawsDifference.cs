namespace Pyrite.Inference.Diagnostics;

/// <summary>Why draws are not of the same quantities.</summary>
internal static class DrawsDifference
{
    /// <summary>The first difference in words; null where there is none.</summary>
    public static string? Between(Draws first, Draws other, bool anyLength)
    {
        if (first.HasChains != other.HasChains)
        {
            return "one has chains, the other has none. Take WithoutChains of both";
        }
        if (first.HasChains && !anyLength && first.DrawsPerChain != other.DrawsPerChain)
        {
            return $"its chains have {other.DrawsPerChain} draws, those of the first {first.DrawsPerChain}. Pass cut: true to leave the last draws "
                + "of longer chains out";
        }
        string[] missing = [.. first.Names.Except(other.Names)], more = [.. other.Names.Except(first.Names)];
        if (missing.Length + more.Length > 0)
        {
            return $"it {(missing.Length > 0 ? $"lacks \"{missing[0]}\"" : $"has \"{more[0]}\" besides")}. Select the quantities that both have";
        }
        foreach (DrawsVariable variable in first.Variables)
        {
            DrawsVariable like = other.Variable(variable.Name);
            if (like.EventShape != variable.EventShape || like.DType != variable.DType)
            {
                return $"its \"{variable.Name}\" is {like.DType} of shape {like.EventShape}, that of the first {variable.DType} of shape "
                    + $"{variable.EventShape}. Bind runs of one model with one data set";
            }
            if (!like.ScalarNames.SequenceEqual(variable.ScalarNames))
            {
                return $"the entries of its \"{variable.Name}\" have other names than those of the first. Bind runs with the same groups";
            }
        }
        return null;
    }
}
