namespace Pyrite;

/// <summary>How the losses of single elements become one number.</summary>
public enum LossReduction
{
    /// <summary>They do not: one loss per element.</summary>
    None,

    /// <summary>Their mean (weighted where there are weights).</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their sum divided by the first size, the batch.</summary>
    BatchMean,
}
