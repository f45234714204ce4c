namespace Pyrite;

/// <summary>Switches of a whole network, which hand the network back.</summary>
public static class ModuleModes
{
    extension<TModule>(TModule module) where TModule : Module
    {
        /// <summary>Lets this module and all inside behave as in training; the state they start in.</summary>
        public TModule Train()
        {
            module.SetTraining(true);
            return module;
        }

        /// <summary>Lets this module and all inside behave as in use: no dropout, running statistics instead of those of the batch.</summary>
        public TModule Eval()
        {
            module.SetTraining(false);
            return module;
        }

        /// <summary>Converts all parameters and buffers to Float32 or Float64; weights not yet drawn will be drawn in it.</summary>
        /// <exception cref="ArgumentException">Another type was asked for.</exception>
        public TModule To(DType type)
        {
            module.SetType(type);
            return module;
        }
    }
}
