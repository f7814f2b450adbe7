using Xunit;

// The random generator, the count of live tensors and the memory of the process are shared by all tests.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
