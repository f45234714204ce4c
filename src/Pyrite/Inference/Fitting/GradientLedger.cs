namespace Pyrite.Inference.Fitting;

/// <summary>Which parameters a run has used, and which of them gradients have reached.</summary>
internal sealed class GradientLedger
{
    private readonly HashSet<Parameter> met = [];
    private readonly HashSet<Parameter> reached = [];

    /// <summary>Takes the gradients of a step.</summary>
    public void Note(List<Parameter> used, Tensor?[] gradients)
    {
        for (int i = 0; i < gradients.Length; i++)
        {
            met.Add(used[i]);
            if (gradients[i] is not null)
            {
                reached.Add(used[i]);
            }
        }
    }

    /// <summary>The names of parameters that were used without ever receiving a gradient.</summary>
    public string[] Unreached(ParamStore store) => [.. met.Except(reached).Select(store.NameOf).Order(StringComparer.Ordinal)];
}
