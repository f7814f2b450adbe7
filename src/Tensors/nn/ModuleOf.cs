namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Something that can be called with one argument.</summary>
        public interface IModule<T, TResult>
        {
            TResult call(T input1);
        }

        /// <summary>A module of one argument.</summary>
        public abstract class Module<T, TResult>(string name) : Module(name), IModule<T, TResult>
        {
            public abstract TResult forward(T input);

            public TResult call(T input) => forward(input);
        }

        /// <summary>A module of two arguments.</summary>
        public abstract class Module<T1, T2, TResult>(string name) : Module(name)
        {
            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }

        /// <summary>A module of three arguments.</summary>
        public abstract class Module<T1, T2, T3, TResult>(string name) : Module(name)
        {
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            public TResult call(T1 input1, T2 input2, T3 input3) => forward(input1, input2, input3);
        }
    }
}
