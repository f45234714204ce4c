namespace Pyrite;

/// <summary>Finds the map from unconstrained reals onto a constraint's set.</summary>
/// <remarks>A constraint of one's own brings its maps along by overriding <see cref="Constraint.Bijection"/> and
/// <see cref="Constraint.Parametrization"/>.</remarks>
public static class ConstraintRegistry
{
    /// <summary>The bijection from unconstrained reals onto the set; densities can be carried over along it.</summary>
    /// <exception cref="NotSupportedException">There is none: the set is discrete, for example.</exception>
    public static Transform BijectTo(Constraint constraint) => constraint.Bijection ?? throw None(constraint, "bijection");

    /// <summary>A map from unconstrained reals onto the set, made for optimization; it need not be one to one.</summary>
    /// <exception cref="NotSupportedException">There is none: the set is discrete, for example.</exception>
    public static Transform TransformTo(Constraint constraint) => constraint.Parametrization ?? throw None(constraint, "map");

    private static NotSupportedException None(Constraint constraint, string kind) =>
        new($"There is no {kind} from the reals onto the constraint \"{constraint.Name}\" "
            + $"({constraint.Requirement}). {(constraint.IsDiscrete
                ? "The set is discrete: sum it out or use an estimator for discrete sites."
                : "Override Bijection in the constraint.")}");
}
