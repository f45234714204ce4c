namespace Pyrite;

/// <summary>What is known of the first state of a state space model.</summary>
public sealed class InitialState
{
    private InitialState(Tensor? mean, Tensor? covariance, IReadOnlyList<bool> diffuse, bool startsBefore) =>
        (Mean, Covariance, DiffuseStates, IsBeforeFirst) = (mean, covariance, diffuse, startsBefore);

    /// <summary>The mean, [.., n]; null where it is 0, or that of the stationary distribution.</summary>
    public Tensor? Mean { get; }

    /// <summary>The covariance, [.., n, n]; null where it follows from the model, or where all states are diffuse.</summary>
    public Tensor? Covariance { get; }

    /// <summary>Which states have an infinite variance; empty where none has, or where all have.</summary>
    public IReadOnlyList<bool> DiffuseStates { get; }

    /// <summary>Whether the state is that of one step before the first observation.</summary>
    public bool IsBeforeFirst { get; }

    /// <summary>Whether mean and covariance are those of the stationary distribution.</summary>
    public bool IsStationary { get; private init; }

    /// <summary>Whether some state has an infinite variance.</summary>
    public bool IsDiffuse { get; private init; }

    /// <summary>A Gaussian state at the time of the first observation.</summary>
    /// <param name="mean">[.., n].</param>
    /// <param name="covariance">[.., n, n]; symmetric without negative eigenvalues.</param>
    /// <remarks>Huge variances cost digits, as numbers of that size do: with variances of 1e7 beside others of 1 results have six, with 1e9 four.
    /// <see cref="Diffuse"/> means what they are meant for, exactly.</remarks>
    public static InitialState Normal(Tensor mean, Tensor covariance) => new(Required(mean), Required(covariance), [], startsBefore: false);

    /// <summary>A Gaussian state one step before the first observation, so that there is a transition before it: the convention of Pyro's
    /// GaussianHMM.</summary>
    /// <param name="mean">[.., n].</param>
    /// <param name="covariance">[.., n, n]; symmetric without negative eigenvalues.</param>
    public static InitialState BeforeFirst(Tensor mean, Tensor covariance) => new(Required(mean), Required(covariance), [], startsBefore: true);

    /// <summary>The distribution that the transition leaves as it is: P = T P T' + Q and m = T m + c. Transitions must not vary in time, and all
    /// eigenvalues of T must lie inside the unit circle.</summary>
    public static InitialState Stationary() => new(null, null, [], startsBefore: false) { IsStationary = true };

    /// <summary>States of which nothing is known at the first observation: exactly infinite variances, not large ones.</summary>
    /// <param name="states">true for a state without knowledge; all if not given.</param>
    /// <param name="mean">The mean of the others, [.., n]; 0 if not given. Entries of diffuse states are where they are counted from, and do not
    /// matter.</param>
    /// <param name="covariance">The covariance of the others, [.., n, n]; 0 if not given. Rows and columns of diffuse states must be 0.</param>
    public static InitialState Diffuse(IReadOnlyList<bool>? states = null, Tensor? mean = null, Tensor? covariance = null) =>
        new(mean, covariance, states ?? [], startsBefore: false) { IsDiffuse = states is null || states.Contains(true) };

    /// <summary>A '1' for each diffuse state, a '0' for the others.</summary>
    internal string Marks(int states)
    {
        if (!IsDiffuse)
        {
            return new string('0', states);
        }
        if (DiffuseStates.Count == 0)
        {
            return new string('1', states);
        }
        return DiffuseStates.Count == states
            ? string.Concat(DiffuseStates.Select(isDiffuse => isDiffuse ? '1' : '0'))
            : throw new ArgumentException(
                $"InitialState.Diffuse was told of {DiffuseStates.Count} states, the model has {states}; give a truth value for each.");
    }

    private static Tensor Required(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor;
    }
}
