namespace Pyrite;

/// <summary>What is wrong with a model; the page docs/errors.md has a section for each kind, with cause and remedy.</summary>
public enum ModelError
{
    /// <summary>Anything else, such as errors of handlers written by users.</summary>
    Other,

    /// <summary>Two statements of one run have the same name.</summary>
    NameUsedTwice,

    /// <summary>A handler names a site that the model does not have.</summary>
    UnknownSite,

    /// <summary>Two module instances are registered under one name.</summary>
    TwoModulesOneName,

    /// <summary>A registered module and another parameter have the same name.</summary>
    ParameterNameTaken,

    /// <summary>A plate's size or subsample size makes no sense.</summary>
    PlateSizeImpossible,

    /// <summary>A plate of this name is open already.</summary>
    PlateOpenAlready,

    /// <summary>Two open plates would share a batch dimension.</summary>
    PlateDimensionTaken,

    /// <summary>A plate's dimension is not negative.</summary>
    PlateDimensionNotNegative,

    /// <summary>Two plates of one name have different sizes.</summary>
    PlateSizesDiffer,

    /// <summary>A plate stands at different dimensions for different sites.</summary>
    PlateDimensionsDiffer,

    /// <summary>The indices given for a subsample are not positions in the plate.</summary>
    PlateIndicesInvalid,

    /// <summary>Names of the entries of a plate or event are empty, twice there, or not as many as entries.</summary>
    EntryNames,

    /// <summary>A kept plate was used before it was entered.</summary>
    PlateNotOpen,

    /// <summary>A plate or handler was opened and not closed before the model ended.</summary>
    ScopeNotClosed,

    /// <summary>Data or a per-datum parameter does not have the plate's size where it is subsampled.</summary>
    SubsampleShape,

    /// <summary>A distribution does not broadcast to the plates around it.</summary>
    PlateBroadcast,

    /// <summary>A log-density has a batch dimension that no plate declares.</summary>
    UndeclaredBatchDimension,

    /// <summary>A log-density has another size than its plate.</summary>
    PlateMisfit,

    /// <summary>A value has not the event shape, or not a batch shape, of its distribution.</summary>
    ValueShape,

    /// <summary>A value lies outside of its distribution's support.</summary>
    OutsideSupport,

    /// <summary>A parameter of a distribution turned out to be impossible when the numbers of a step were there.</summary>
    ParameterOutsideConstraint,

    /// <summary>A mask does not suit the data or the site.</summary>
    ObservationMask,

    /// <summary>A start or substituted value violates the parameter's constraint.</summary>
    OutsideConstraint,

    /// <summary>An operation of the model failed.</summary>
    ModelFailed,

    /// <summary>A site cannot be reparameterized in this way.</summary>
    ReparameterizationUnsuitable,

    /// <summary>A parameter cannot be given this prior.</summary>
    PriorUnsuitable,

    /// <summary>The model draws a site that the guide lacks.</summary>
    LatentMissingInGuide,

    /// <summary>The guide draws a site that the model lacks.</summary>
    LatentMissingInModel,

    /// <summary>The guide draws a site that the model observes.</summary>
    GuideDrawsObserved,

    /// <summary>The guide observes a site of the model.</summary>
    GuideObserves,

    /// <summary>A site is marked as the guide's or the prior's alone, but is not.</summary>
    RolesContradict,

    /// <summary>Model and guide disagree on a site's event shape.</summary>
    EventShapesDiffer,

    /// <summary>Model and guide disagree on a site's batch shape.</summary>
    BatchShapesDiffer,

    /// <summary>Model and guide disagree on a plate: its size, subsample, indices or dimension.</summary>
    PlatesDiffer,

    /// <summary>Model and guide multiply a site's log-density by different factors.</summary>
    ScalesDiffer,

    /// <summary>Model and guide count different entries of a site.</summary>
    MasksDiffer,

    /// <summary>The guide draws a site outside of its support, or from a set of another kind.</summary>
    SupportsDiffer,

    /// <summary>A parameter is declared twice with different constraints, shapes or types.</summary>
    ParameterRedeclared,

    /// <summary>The objective needs gradients through draws, and a site gives none.</summary>
    PathwiseGradientNeeded,

    /// <summary>A prior depends on a latent that the guide draws later.</summary>
    MeanFieldOrder,

    /// <summary>A baseline does not suit the cost of its site.</summary>
    BaselineUnsuitable,

    /// <summary>An automatic guide cannot draw a latent site of the model.</summary>
    GuideUnsuitable,

    /// <summary>Neither model nor guide has a parameter.</summary>
    NothingToLearn,

    /// <summary>The loss depends on parameters that neither model nor guide has registered.</summary>
    UnregisteredParameters,

    /// <summary>No parameter received a gradient.</summary>
    NoGradientReceived,

    /// <summary>A statement was made, or a tensor of a run used, on a thread that the run does not own.</summary>
    StatementOnOtherThread,

    /// <summary>A model or guide is async.</summary>
    AsyncModel,

    /// <summary>Too many steps in a row had a loss or gradient that is not finite.</summary>
    NotFinite,

    /// <summary>MCMC cannot draw a latent site: it is discrete, has no density, or has a support that no map from the reals reaches.</summary>
    LatentUnsuitable,

    /// <summary>A discrete site cannot be summed out: its list of values is infinite, or differs with other sites.</summary>
    SupportNotFinite,

    /// <summary>Summing out discrete sites would take too large a table, or too many runs.</summary>
    EnumerationTooCostly,

    /// <summary>An entry of a plate depends on other entries' values of a discrete site that is summed out.</summary>
    RowsMeet,

    /// <summary>A statement outside of a plate depends on a discrete site inside that is summed out.</summary>
    LeavesPlate,

    /// <summary>The model reads a number that depends on a discrete site that is summed out.</summary>
    EnumeratedValueRead,

    /// <summary>All values of the discrete sites have probability 0 under the data.</summary>
    ImpossibleData,

    /// <summary>Discrete sites are summed out in a way that has no exact meaning.</summary>
    EnumerationImpossible,

    /// <summary>Rounds of a loop over time state different variables.</summary>
    RoundsDiffer,

    /// <summary>A statement is made in the body of a scan that is no statement itself.</summary>
    StatedInScan,

    /// <summary>A handler changes a result that is computed inside of a loop over time.</summary>
    LoopResultChanged,

    /// <summary>A site in a loop of Markov depends on a discrete site of a step that is farther back than the loop promises.</summary>
    BeyondHistory,
}
