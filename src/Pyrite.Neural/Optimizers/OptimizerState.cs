namespace Pyrite;

/// <summary>All that an optimizer remembers: saved with the parameters, training goes on as if never stopped.</summary>
/// <param name="Kind">The optimizer's type.</param>
/// <param name="Step">How many updates were made.</param>
/// <param name="LearningRate">The rate of the next update.</param>
/// <param name="Tensors">For each parameter <c>path/step</c> (Int64) and <c>path/name</c> of each remembered tensor.</param>
public sealed record OptimizerState(string Kind, long Step, double LearningRate, IReadOnlyDictionary<string, Tensor> Tensors)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
