namespace Pyrite;

/// <summary>One model among those that were compared.</summary>
/// <param name="Name">What the model was called.</param>
/// <param name="Accuracy">Its predictive accuracy.</param>
/// <param name="Difference">Its elpd minus that of the best model: 0 for the best, negative for the others.</param>
/// <param name="DifferenceError">The standard error of the difference, from the differences of single observations; a difference of a few errors is
/// none.</param>
/// <param name="StackingWeight">Its weight in the mixture of predictions that would have predicted best.</param>
/// <param name="PseudoBmaWeight">Its weight by Akaike-like averaging over a Bayesian bootstrap (pseudo-BMA+).</param>
public sealed record ModelComparisonRow(
    string Name, PredictiveAccuracy Accuracy, double Difference, double DifferenceError, double StackingWeight, double PseudoBmaWeight)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
